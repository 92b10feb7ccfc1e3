import { config } from 'zod/v4/core';

// Zod would try to compile its checks, which the page's content security policy does not allow. Loaded before any schema.
config({ jitless: true });

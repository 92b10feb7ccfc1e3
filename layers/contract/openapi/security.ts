import type { Access } from '../routes/route.ts';
import type { Json } from './components.ts';

const user = { user: [] };
const imageToken = [{ imageToken: [] }, { imageTokenParameter: [] }, { apiKeyParameter: [] }];

/** Any one of these is enough; none at all where nobody is asked. */
export const securityOf: Readonly<Record<Access, readonly Json[]>> = {
  user: [user],
  image: [user, ...imageToken],
  link: [],
  public: [],
};

const token = 'A token of the infra-env, as its `download_url` has it';

export const securitySchemes: Json = {
  user: {
    type: 'http',
    scheme: 'bearer',
    description: 'A JSON Web Token of the issuer that the stack was deployed with, or an IAM signature without one',
  },
  imageToken: { type: 'apiKey', in: 'header', name: 'Image-Token', description: token },
  imageTokenParameter: { type: 'apiKey', in: 'query', name: 'image_token', description: token },
  apiKeyParameter: { type: 'apiKey', in: 'query', name: 'api_key', description: token },
};

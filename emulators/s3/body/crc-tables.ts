/** CRC-32C and CRC-64/NVME, table-driven; both reflected, starting from all ones and inverted at the end. */

const crc32cPolynomial = 0x82f63b78;
const crc64PolynomialHigh = 0x9a6c9329;
const crc64PolynomialLow = 0xac4bc9b5;

const crc32cTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ crc32cPolynomial : crc >>> 1;
  return crc;
});

const crc64High = new Uint32Array(256);
const crc64Low = new Uint32Array(256);
for (let index = 0; index < 256; index += 1) {
  let high = 0;
  let low = index;
  for (let bit = 0; bit < 8; bit += 1) {
    const carry = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (carry) {
      high ^= crc64PolynomialHigh;
      low ^= crc64PolynomialLow;
    }
  }
  crc64High[index] = high;
  crc64Low[index] = low;
}

const entry = (table: Uint32Array, index: number): number => table[index & 0xff] ?? 0;

/** `state` is the register before the final inversion; start with 0xffffffff. */
export const updateCrc32c = (state: number, chunk: Uint8Array): number => {
  let crc = state;
  for (let i = 0; i < chunk.length; i += 1) crc = entry(crc32cTable, crc ^ (chunk[i] ?? 0)) ^ (crc >>> 8);
  return crc;
};

/** The 64-bit register as two halves, before the final inversion; start with all ones. Changed in place. */
export type Crc64State = { high: number; low: number };

export const updateCrc64 = (state: Crc64State, chunk: Uint8Array): void => {
  let { high, low } = state;
  for (let i = 0; i < chunk.length; i += 1) {
    const index = low ^ (chunk[i] ?? 0);
    low = ((low >>> 8) | (high << 24)) ^ entry(crc64Low, index);
    high = (high >>> 8) ^ entry(crc64High, index);
  }
  state.high = high;
  state.low = low;
};

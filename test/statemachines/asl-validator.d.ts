declare module 'asl-validator' {
  interface Validation {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  }

  const validate: (
    definition: object,
    options?: { readonly checkPaths?: boolean; readonly checkArn?: boolean },
  ) => Validation;
  export default validate;
}

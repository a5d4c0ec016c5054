/** A secret of Secrets Manager, or one key of it. */
export interface SecretReference {
  /** Its name or its ARN. */
  readonly id: string;
  /** The key of a secret that is a JSON object. Undefined is the whole secret. */
  readonly key: string | undefined;
}

/** Parses `prod/db#password`. Neither names nor ARNs of secrets contain a `#`. */
export function parseSecretReference(text: string): SecretReference {
  const [id = '', ...rest] = text.split('#');
  return { id, key: rest.length > 0 ? rest.join('#') : undefined };
}

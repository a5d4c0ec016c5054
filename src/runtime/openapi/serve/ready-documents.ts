// `twodoors build` replaces this file by one with the documents of the bundle's apps.

/** A document that a build has made, as JSON. */
export interface ReadyDocument {
  /** The fingerprint of what the app must be like; see `outlineOf`. */
  readonly outline: number;
  readonly text: string;
}

/** The documents that were made ahead. */
export const readyDocuments: readonly ReadyDocument[] = [];

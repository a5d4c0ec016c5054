/** Options of `sendFile`. */
export interface SendFileOptions {
  /** The folder that the file is in; relative to the working directory, unless a build has copied it (`public` in twodoors.config.ts). */
  root: string;
  /** How long browsers may use the file without asking again, in whole seconds. Default: 0, they ask each time. */
  maxAge?: number | undefined;
  /** Whether the file of this URL never changes. Default: false. */
  immutable?: boolean | undefined;
  /** Default: by the extension of the file's name. */
  contentType?: string | undefined;
  /** Offers the file for download, by this name. Default: browsers show it where they can. */
  filename?: string | undefined;
}

import type { AppOptions } from '../../app.js';
import { outlineOf } from '../../declarations/calls/outline.js';
import { fingerprintOfText } from '../../plan/fingerprints/fingerprint.js';
import { loadDocumentMaker } from './document-maker.lazy.js';
import { type ReadyDocument, readyDocuments } from './ready-documents.js';

/** By the options of the app: a document is made once. */
const texts = new WeakMap<object, string>();

/** The document of an app as JSON: the one that a build has made, else one that is made now. */
export function documentText(options: Readonly<AppOptions>): string {
  let text = texts.get(options);
  if (text === undefined) {
    const outline = readyDocuments.length === 0 ? undefined : fingerprintOfText(outlineOf(options));
    text = readyDocuments.find((ready) => ready.outline === outline)?.text ?? loadDocumentMaker().makeDocument(options);
    texts.set(options, text);
  }
  return text;
}

/** Adds the document to those that a build wants; an app with mistakes has none. */
export function reportDocument(options: Readonly<AppOptions>, wanted: ReadyDocument[]): void {
  try {
    wanted.push({ outline: fingerprintOfText(outlineOf(options)), text: loadDocumentMaker().makeDocument(options) });
  } catch {
    // Startup reports the mistakes of the app.
  }
}

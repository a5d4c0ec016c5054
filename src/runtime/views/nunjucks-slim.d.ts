/** nunjucks without its compiler. @types/nunjucks knows only the whole. */
declare module 'nunjucks/browser/nunjucks-slim.js' {
  const library: unknown;
  export default library;
}

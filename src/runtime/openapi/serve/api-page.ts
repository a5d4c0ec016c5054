export { pageScript } from './page-script.js';
export { pageStyle } from './page-style.js';

/**
 * The page that shows a document. Its links are relative, since something in front of the app may add to the path.
 *
 * @param ui the path of the page
 * @param path the path of the document
 */
export function pageHtml(ui: string, path: string): string {
  const up = '../'.repeat(ui.split('/').length - 2);
  const name = ui.slice(ui.lastIndexOf('/') + 1);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API</title>
<link rel="stylesheet" href="${name}/page.css">
<script defer src="${name}/page.js" data-document="${up === '' ? './' : up}${path.slice(1)}" data-base="${up === '' ? './' : up}"></script>
</head>
<body>
<header><h1 id="title">API</h1><p id="about"></p><label>Find <input id="find" type="search"></label></header>
<main id="operations"><p>Loading the document …</p></main>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
`;
}

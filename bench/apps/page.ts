/** The HTML page that every candidate sends for `GET /`. */
export const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Todos</title></head>
<body><h1>Todos</h1><p>${'Write it once. '.repeat(40)}</p></body>
</html>
`;

import { buildCandidate } from './build.js';
import { SERVER_CANDIDATES, LAMBDA_CANDIDATES } from './candidates.js';
import { checkServer, serve } from './measure-server.js';
import { checkLambda } from './measure-lambda.js';
import { buildParts, partTime } from './measure-parts.js';

const t = Date.now();
for (const [part, built] of await buildParts()) {
    console.log(part.name, await partTime(part, built, 300));
}
{ const built = await buildCandidate(LAMBDA_CANDIDATES.find(c => c.name === 'Express')!); await checkLambda(built, 10); }
for (const candidate of SERVER_CANDIDATES) {
  try {
    const built = await buildCandidate(candidate);
    await checkServer(built, 0);
    await checkServer(built, 10);
    const c = Date.now();
    console.log(candidate.name, await serve(built, 0, 2), await serve(built, 1000, 2), Date.now() - c);
  } catch (error) {
    console.log(candidate.name, 'FAILED', String((error as Error).message).slice(0, 1500));
  }
}
console.log(Date.now() - t);

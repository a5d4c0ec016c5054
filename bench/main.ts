import { buildCandidate } from './build.js';
import { LAMBDA_CANDIDATES } from './candidates.js';
import { checkLambda, coldStart, warm, allocated, has } from './measure-lambda.js';

for (const candidate of LAMBDA_CANDIDATES) {
  try {
    const built = await buildCandidate(candidate);
    await checkLambda(built, 0);
    await checkLambda(built, 10);
    console.log(candidate.name, built.bytes, built.gzipBytes, (await coldStart(built, 'get')).toFixed(1), has(built, 'post') && (await coldStart(built, 'post')).toFixed(1), await warm(built, 'get', 0, 200), await allocated(built, 'get'));
  } catch (error) {
    console.log(candidate.name, 'FAILED', String((error as Error).message).slice(0, 1500));
  }
}

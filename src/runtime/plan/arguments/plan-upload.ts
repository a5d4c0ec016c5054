import type { UploadArgumentPlan } from '../app-plan.js';
import { toLimit } from '../limit.js';
import type { PlanArgument } from './parameter.js';

/** Default of `maxBytes`. */
const MAX_BYTES = 1_048_576;

/** Default of `max`. */
const MAX_FILES = 10;

/** Plans the files of a form. */
export const planUpload: PlanArgument<UploadArgumentPlan> = ({ record }) => {
  const { source, name, options, upload = {} } = record;
  const { maxBytes = MAX_BYTES, max = MAX_FILES, types } = upload;
  return {
    kind: source as UploadArgumentPlan['kind'],
    name: name!,
    ...(options.optional === true && { isOptional: true }),
    maxBytes: toLimit(maxBytes),
    max: toLimit(max),
    ...(types !== undefined && { types }),
  };
};

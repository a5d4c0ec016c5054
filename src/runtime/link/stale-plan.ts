/** Says that a plan is that of another app than the one it was to be linked to. */
export class StalePlan extends Error {
  /** @param difference what differs, such as `TodoController.show` */
  constructor(difference: string) {
    super(`${difference} is not what was planned`);
  }
}

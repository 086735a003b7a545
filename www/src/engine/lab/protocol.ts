/** The work of the lab's worker, by name; how each is done stands in `tasks.ts`. */

// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface LabTasks {}

/** How many stacks a run of the tests starts; each serves one file at a time. A run of a single file needs no second one. */
export const STACKS = process.argv.filter((argument) => argument.includes('.test.')).length === 1 ? 1 : 2;

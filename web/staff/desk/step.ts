/** What a decision's form is sent for: without it, to decide; `mail` to see the mail first, `edit` to type on. */
export const STEP = 'step';

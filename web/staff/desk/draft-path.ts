/** Where the form of a decision saves what is typed. */
export const DRAFTS_PATH = '/staff/drafts';

/** Field that says which form of a page a draft is of. */
export const DRAFT_FORM = 'draftForm';

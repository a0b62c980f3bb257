/**
 * One workflow for each task about a mail that nobody waits for, and for each form that asked for a mail once more: however often
 * the button is pressed, one mail.
 * @param id of the task, or of the form's command
 */
export const resendWorkflowId = (id: string): string => `resend/${id}`;

/** A mail that did not arrive, by its task; or one that arrived and was asked for once more, by its key. */
export type ResendWhat = { taskId: string } | { mailKey: string; commandId: string };

/** `staffId`: who asked for it. */
export type ResendInput = ResendWhat & { staffId: string };

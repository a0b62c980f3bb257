/** One workflow for each task about a mail that nobody waits for: however often the button is pressed, one mail. */
export const resendWorkflowId = (taskId: string): string => `resend/${taskId}`;

export interface ResendInput {
  taskId: string;
  /** Who asked for it. */
  staffId: string;
}

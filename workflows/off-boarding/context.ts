import {
  OFF_BOARDING_STEPS,
  type OffBoardingCause,
  type OffBoardingState,
  type OffBoardingStep,
} from '../../domain/data/off-boarding.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import type { StaffTask } from '../staff-task.ts';
import type { OffBoardingInput, OffBoardingSnapshot, StepCommand } from './messages.ts';

export interface StepStatus {
  state: OffBoardingState;
  cause: OffBoardingCause | null;
  /** The open task of the step. */
  task: StaffTask | null;
}

export interface OffBoardingContext {
  input: OffBoardingInput;
  steps: Record<OffBoardingStep, StepStatus>;
  inbox: Inbox<StepCommand & { type: 'decide' }>;
  lane: Lane;
  /** What staff decided about a step, until the step takes it up. */
  verdicts: Map<OffBoardingStep, 'retry' | 'complete'>;
}

export function newContext(input: OffBoardingInput): OffBoardingContext {
  const fresh = OFF_BOARDING_STEPS.map((step) => [step, { state: 'waiting', cause: null, task: null }]);
  return {
    input,
    steps: Object.fromEntries(fresh) as OffBoardingContext['steps'],
    inbox: new Inbox({}),
    lane: new Lane(),
    verdicts: new Map(),
  };
}

export function snapshotOf({ steps }: OffBoardingContext): OffBoardingSnapshot {
  return {
    nowMs: Date.now(),
    steps: OFF_BOARDING_STEPS.map((step) => {
      const { state, cause, task } = steps[step];
      return { step, state, cause, taskId: task?.id ?? null };
    }),
  };
}

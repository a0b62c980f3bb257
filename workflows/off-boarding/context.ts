import { recordOf } from '../../domain/base/keys.ts';
import {
  OFF_BOARDING_STEPS,
  type OffBoardingCause,
  type OffBoardingState,
  type OffBoardingStep,
} from '../../domain/data/off-boarding.ts';
import { Desk, type StaffTask } from '../desk.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import type { OffBoardingInput, OffBoardingMessages, OffBoardingSnapshot } from './messages.ts';

export interface StepStatus {
  state: OffBoardingState;
  cause: OffBoardingCause | null;
  /** The open task of the step. */
  task: StaffTask | null;
}

export interface OffBoardingContext {
  input: OffBoardingInput;
  steps: Record<OffBoardingStep, StepStatus>;
  inbox: Inbox<OffBoardingMessages>;
  lane: Lane;
  desk: Desk;
  /** What staff decided about a step, until the step takes it up. */
  verdicts: Map<OffBoardingStep, 'retry' | 'complete'>;
}

export function newContext(input: OffBoardingInput): OffBoardingContext {
  const fresh = (): StepStatus => ({ state: 'waiting', cause: null, task: null });
  const { contractId: subjectId, sandbox } = input;
  const lane = new Lane();
  return {
    input,
    steps: recordOf(OFF_BOARDING_STEPS, fresh),
    inbox: new Inbox({}),
    lane,
    desk: new Desk({ subjectType: 'contract', subjectId, sandbox }, lane),
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

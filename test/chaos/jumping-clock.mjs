// Loaded before everything else in the processes of a stack: their clock is that of the machine, moved by the milliseconds that
// stand in the file CHAOS_CLOCK.
import { readFileSync } from 'node:fs';

const LOOK_MS = 250;
const file = process.env.CHAOS_CLOCK;
const MachineDate = globalThis.Date;
let movedByMs = 0;

function look() {
  try {
    movedByMs = Number(readFileSync(file, 'utf8'));
  } catch {
    movedByMs = 0;
  }
}

const now = () => MachineDate.now() + movedByMs;

if (file) {
  look();
  setInterval(look, LOOK_MS).unref();
  globalThis.Date = new Proxy(MachineDate, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
    apply: () => new MachineDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}

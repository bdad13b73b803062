import IconArrowsSplit2 from '@tabler/icons-react/icons/IconArrowsSplit2'
import IconClock from '@tabler/icons-react/icons/IconClock'
import IconCode from '@tabler/icons-react/icons/IconCode'
import IconEqual from '@tabler/icons-react/icons/IconEqual'
import IconHelp from '@tabler/icons-react/icons/IconHelp'
import IconListDetails from '@tabler/icons-react/icons/IconListDetails'
import IconMessage from '@tabler/icons-react/icons/IconMessage'
import IconRepeat from '@tabler/icons-react/icons/IconRepeat'
import IconRobot from '@tabler/icons-react/icons/IconRobot'
import IconTool from '@tabler/icons-react/icons/IconTool'
import IconUserCheck from '@tabler/icons-react/icons/IconUserCheck'
import type { StepKind } from '../../src/definition/step.ts'

/** What each kind of step is called, what it does, and its picture. */
export const stepKinds: Record<StepKind, { word: string; does: string; icon: typeof IconTool }> = {
  tool: { word: 'Tool', does: 'Calls one tool with arguments.', icon: IconTool },
  model: { word: 'Model', does: 'Asks a model once, for text or for JSON of a schema.', icon: IconMessage },
  loop: {
    word: 'Tool loop',
    does: 'A model that chooses among tools until a goal is reached.',
    icon: IconRepeat,
  },
  branch: { word: 'Branch', does: 'Goes on by the first case that is true.', icon: IconArrowsSplit2 },
  map: { word: 'Map', does: 'Runs its steps once for each item of a list.', icon: IconListDetails },
  approve: { word: 'Approval', does: 'Asks people, and waits for days if it must.', icon: IconUserCheck },
  wait: { word: 'Wait', does: 'Waits for a time, a moment or an event.', icon: IconClock },
  agent: {
    word: 'Agent',
    does: 'Runs another agent, with no more rights than this one has.',
    icon: IconRobot,
  },
  code: { word: 'Code', does: 'JavaScript without I/O, in a sandbox.', icon: IconCode },
  set: { word: 'Value', does: 'Computes a value from what is there.', icon: IconEqual },
}

export function kindOf(kind: string): { word: string; does: string; icon: typeof IconTool } {
  return Object.hasOwn(stepKinds, kind)
    ? stepKinds[kind as StepKind]
    : { word: kind, does: 'No kind that is known.', icon: IconHelp }
}

import type { LiveSnapshot } from '../api/use-snapshot.ts'
import { StateMark } from './states.tsx'

/** Whether what is shown is what happens. */
export function LiveMark({ freshness }: Pick<LiveSnapshot<unknown>, 'freshness'>) {
  if (freshness === 'live') return <StateMark state="good">Live, each second</StateMark>
  if (freshness === 'stale') return <StateMark state="warn">Not live</StateMark>
  return <StateMark state="busy">Connecting</StateMark>
}

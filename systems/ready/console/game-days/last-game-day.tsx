import { Empty, Loaded, Panel, formatDay } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import type { Answer } from '../api.ts'
import { Findings } from './findings.tsx'

export const gameDaysKey = ['ready', 'game-days']

export type GameDay = Answer<'/game-days'>['days'][number]

export function useGameDays() {
  return useQuery({
    queryKey: gameDaysKey,
    queryFn: ({ signal }) => api.get('/game-days', { signal }),
    refetchInterval: (query) => (query.state.data?.days[0]?.endedAtMs === null ? 1000 : 15_000),
  })
}

/** For the first screen: the last game day, and what broke in it. */
export function LastGameDay() {
  const days = useGameDays()
  const last = days.data?.days[0]
  return (
    <Panel
      title="Last game day"
      note={
        last === undefined
          ? ''
          : `${last.name}, ${formatDay(last.startedAtMs)}${last.isSample ? ', recorded sample' : ''}`
      }
      actions={<a href="/ready/game-days">Open game days</a>}
    >
      <Loaded of={days} what="Loading the last game day">
        {({ days: [day] }) =>
          day === undefined ? (
            <Empty title="No game day yet">Start the sample on the page of game days.</Empty>
          ) : (
            <Findings
              findings={day.report.findings}
              owner={day.owner}
              state={day.state}
              holds={day.report.holds}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}

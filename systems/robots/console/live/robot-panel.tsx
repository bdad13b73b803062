import { Button, NumberInput } from '@mantine/core'
import { ErrorState, Facts, Panel, formatPercent } from '@heavylift/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { RobotDetail } from '../../src/live/frames.ts'
import { api } from '../api.ts'

/** One robot: where it is, what it is about and the way before it, asked for anew every second. */
export function RobotPanel({
  robot,
  last,
  onChoose,
  onWay,
}: {
  robot: number
  last: number
  onChoose: (robot: number) => void
  onWay: (way: readonly number[]) => void
}) {
  const detail = useQuery({
    queryKey: ['robots', 'floor', robot],
    queryFn: ({ signal }) => api.get('/floor/robots/:robot', { params: { robot }, signal }),
    enabled: robot >= 0,
    refetchInterval: 1000,
  })
  const way = detail.data?.way
  useEffect(() => onWay(robot >= 0 && way ? way : []), [robot, way, onWay])
  const changing = useMutation({
    mutationFn: (what: 'unplug' | 'mend') =>
      api.post(`/floor/${what}`, { body: { robots: [robot], reason: `${what} from the console` } }),
    onSettled: () => detail.refetch(),
  })
  return (
    <Panel title="One robot" note="click one, or type its number">
      <div className="hl-stack">
        <NumberInput
          size="xs"
          label="Robot"
          min={0}
          max={last}
          value={robot < 0 ? '' : robot}
          onChange={(value) => onChoose(value === '' ? -1 : Math.min(last, Number(value)))}
        />
        {robot >= 0 && detail.isError ? <ErrorState error={detail.error} /> : null}
        {robot >= 0 && detail.data ? (
          <>
            <Facts facts={factsOf(detail.data)} />
            {changing.isError ? <ErrorState error={changing.error} /> : null}
            <div className="hl-row">
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => changing.mutate(detail.data.state === 'failed' ? 'mend' : 'unplug')}
              >
                {detail.data.state === 'failed' ? 'Mend it' : 'Pull its plug'}
              </Button>
              <Button size="compact-sm" variant="subtle" onClick={() => onChoose(-1)}>
                Let go
              </Button>
            </div>
          </>
        ) : null}
      </div>
    </Panel>
  )
}

function factsOf({ state, why, row, column, charge, task, way }: RobotDetail) {
  const about =
    task === null
      ? 'none'
      : task.id < 0
        ? 'on a trip of its own'
        : `${task.id}, errand ${task.next + 1} of ${task.errands.length}`
  return [
    ['State', why ? `${state}: ${why}` : state],
    ['Place', `row ${row}, column ${column}`],
    ['Battery', formatPercent(charge)],
    ['Task', about],
    ['Way', way.length > 1 ? `${way.length - 1} cells` : 'none'],
  ] as const
}

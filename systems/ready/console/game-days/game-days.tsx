import {
  ActionButton,
  Chip,
  Loaded,
  Notice,
  Page,
  Panel,
  Stat,
  Stats,
  Timeline,
  formatDuration,
  formatPercent,
  formatTime,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { DayChart } from './day-chart.tsx'
import { Findings } from './findings.tsx'
import { gameDaysKey, useGameDays } from './last-game-day.tsx'

/** A game day as it goes: what is asked, which fault is on, what broke, and a button that ends it all. */
export default function GameDays() {
  const client = useQueryClient()
  const [text, setText] = useState<string | null>(null)
  const sample = useQuery({
    queryKey: [...gameDaysKey, 'sample'],
    queryFn: ({ signal }) => api.get('/game-days/sample', { signal }),
  })
  const days = useGameDays()
  const reload = () => client.invalidateQueries({ queryKey: gameDaysKey })
  const definition = text ?? sample.data?.definition ?? ''
  const starting = useMutation({
    mutationFn: () => api.post('/game-days', { body: { definition } }),
    onSettled: reload,
  })
  const aborting = useMutation({
    mutationFn: (id: string) => api.post('/game-days/:id/abort', { params: { id } }),
    onSettled: reload,
  })
  const latest = days.data?.days[0]
  const isGoing = latest?.endedAtMs === null
  return (
    <Page
      title="Game days"
      lead="What happens when what a service needs is slow, silent or gone. Only what the definition names is touched, and each fault ends by itself."
      actions={
        isGoing ? (
          <ActionButton
            label="Abort, end all faults"
            shortcut="x"
            color="red"
            onAct={() => aborting.mutate(latest.id)}
          />
        ) : (
          <ActionButton
            label="Start the game day"
            shortcut="s"
            disabled={definition === '' || starting.isPending}
            onAct={() => starting.mutate()}
          />
        )
      }
    >
      {starting.error && <Notice tone="bad">{starting.error.message}</Notice>}
      {aborting.error && <Notice tone="bad">{aborting.error.message}</Notice>}
      <Loaded of={days} what="Loading game days">
        {({ days: [day] }) => {
          if (day === undefined) return null
          const { report } = day
          const asked = report.phases.reduce((sum, phase) => sum + phase.asked, 0)
          const good = report.phases.reduce((sum, phase) => sum + phase.good, 0)
          return (
            <>
              <Panel
                title={day.name}
                note={`${formatTime(day.startedAtMs)}, ${day.state}${day.endedAtMs === null ? `: ${day.stage}` : `, ${formatDuration(day.endedAtMs - day.startedAtMs)}`}${day.isSample ? ', recorded sample' : ''}`}
                actions={
                  <a href={`/api/ready/game-days/${day.id}/report`} target="_blank" rel="noreferrer">
                    Report as one file
                  </a>
                }
              >
                <div className="hl-stack">
                  <p style={{ margin: 0 }}>
                    <strong>Hypothesis.</strong> {day.hypothesis}{' '}
                    {report.holds !== null && (
                      <Chip tone={report.holds ? 'good' : 'bad'}>
                        {report.holds ? 'stands' : 'does not stand'}
                      </Chip>
                    )}
                  </p>
                  {day.problem && <Notice tone="bad">{day.problem}</Notice>}
                  {report.abortedBy && (
                    <Notice tone="bad">{`Aborted by ${report.abortedBy}; all faults have ended.`}</Notice>
                  )}
                  <Stats>
                    <Stat
                      label="Weaknesses"
                      value={String(report.findings.length)}
                      {...(report.findings.length > 0 ? { tone: 'bad' as const } : {})}
                    />
                    <Stat label="Experiments" value={String(report.made)} />
                    <Stat
                      label="Good answers"
                      value={asked === 0 ? '–' : formatPercent(good / asked)}
                      unit={`of ${asked}`}
                    />
                    <Stat
                      label="Well again afterwards"
                      value={
                        report.hasRecovered === null
                          ? isGoing
                            ? 'not yet known'
                            : 'not known'
                          : report.hasRecovered
                            ? 'yes'
                            : 'no'
                      }
                    />
                  </Stats>
                  <DayChart report={report} />
                </div>
              </Panel>
              <Panel title="What broke" note={`owner: ${day.owner}`}>
                <Findings
                  findings={report.findings}
                  owner={day.owner}
                  state={day.state}
                  holds={report.holds}
                />
              </Panel>
              <Panel title="Phases" note="objectives by OpenSLO">
                <ul>
                  {report.phases.map((phase) => (
                    <li key={`${phase.name} ${phase.fromMs}`}>
                      <strong>{phase.name}</strong>, {phase.good} of {phase.asked} good{' '}
                      {phase.objectives.map((one) => (
                        <Chip key={one.name} tone={one.isMet ? 'good' : 'bad'}>
                          {`${one.name}: ${one.isMet ? 'held' : 'broken'}`}
                        </Chip>
                      ))}
                    </li>
                  ))}
                </ul>
              </Panel>
              <Panel title="Timeline">
                <Timeline
                  label="Faults as they began and ended"
                  events={report.events.map((event) => ({
                    key: `${event.atMs} ${event.on} ${event.isOn}`,
                    at: `${(event.atMs / 1000).toFixed(1)} s`,
                    title: `${event.what} on ${event.on} ${event.isOn ? 'begins' : 'ends'}`,
                  }))}
                />
              </Panel>
            </>
          )
        }}
      </Loaded>
      <Panel title="Definition" note="YAML or JSON">
        <textarea
          aria-label="Definition of the game day"
          rows={18}
          spellCheck={false}
          style={{ width: '100%', fontFamily: 'var(--hl-code-face)' }}
          value={definition}
          onChange={(event) => setText(event.target.value)}
        />
      </Panel>
    </Page>
  )
}

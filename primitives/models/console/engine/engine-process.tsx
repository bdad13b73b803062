import { Button } from '@mantine/core'
import { Bar, Notice, Panel, Stat, StateMark, Stats, format } from '@heavylift/ui'
import type { EngineAnswer } from '../../src/routes/engine.ts'

const states: Record<
  EngineAnswer['engines'][number]['state'],
  { mark: 'good' | 'warn' | 'bad' | 'busy' | 'idle'; word: string }
> = {
  starting: { mark: 'busy', word: 'Starting' },
  ready: { mark: 'good', word: 'Ready' },
  restarting: { mark: 'warn', word: 'Restarting' },
  draining: { mark: 'busy', word: 'Finishing its calls' },
  stopped: { mark: 'idle', word: 'Stopped' },
  failed: { mark: 'bad', word: 'Failed' },
}

/** One engine: its state, what it serves, and why it is not well when it is not. */
export function EngineProcess({
  engine,
  isRestarting,
  onRestart,
}: {
  engine: EngineAnswer['engines'][number]
  isRestarting: boolean
  onRestart: () => void
}) {
  const state = states[engine.state]
  return (
    <Panel
      title={<span className="hl-code">{engine.provider}</span>}
      note="a provider of kind engine"
      actions={
        <Button
          size="compact-sm"
          variant="default"
          loading={isRestarting}
          title="Calls that it has end as cut off"
          aria-label={`Restart ${engine.provider}`}
          onClick={onRestart}
        >
          Restart
        </Button>
      }
    >
      <div className="hl-stack">
        <Stats>
          <Stat
            label="State"
            value={state.word}
            detail={
              engine.state === 'starting' || engine.state === 'restarting' ? (
                <>
                  <Bar
                    share={engine.progress}
                    label={`${format.formatPercent(engine.progress)} of the model is loaded`}
                  />
                  {format.formatPercent(engine.progress)} loaded
                </>
              ) : (
                <StateMark state={state.mark}>
                  {engine.state === 'ready' ? 'takes calls' : 'takes no calls'}
                </StateMark>
              )
            }
          />
          <Stat label="Model" value={engine.model} detail="what it serves" />
          <Stat
            label="Runs on"
            value={engine.gpu === null ? '–' : engine.gpu === false ? 'Processor' : engine.gpu}
            detail={
              engine.gpu === null
                ? 'known when it is ready'
                : engine.gpu === false
                  ? 'no graphics card'
                  : 'graphics card'
            }
          />
          <Stat
            label="Restarts"
            value={format.formatCount(engine.restarts)}
            detail="since the server began"
            {...(engine.restarts > 0 ? { tone: 'warn' as const } : {})}
          />
        </Stats>
        {engine.reason ? (
          <Notice tone={engine.state === 'failed' ? 'bad' : 'warn'}>{engine.reason}</Notice>
        ) : null}
      </div>
    </Panel>
  )
}

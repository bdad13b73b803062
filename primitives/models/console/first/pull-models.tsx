import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Bar, ErrorState, Panel, Skeleton, StateMark, format, useEvents } from '@heavylift/ui'
import type { Pull } from '../../src/engines/pulls.ts'
import { api } from '../api.ts'

type Pulls = Awaited<ReturnType<typeof loadPulls>>

/** For its type: the stream carries the same. */
const loadPulls = () => api.get('/pulls')

/** What can be pulled to the server's machine, each with a button, its progress, and what to do when it fails. */
export function PullModels({
  pulled,
  title = 'Pull a model',
}: {
  pulled: readonly string[]
  title?: string
}) {
  const client = useQueryClient()
  const [state, setState] = useState<Pulls | null>(null)
  const [address, setAddress] = useState('')
  useEvents(api.events('/pulls/live'), ({ data }) => {
    // A model that is here now is to be seen in the other lists at once.
    const isNew = (pull: Pull) =>
      pull.state === 'done' &&
      state?.pulls.some(({ name, state: was }) => name === pull.name && was === 'running')
    if (data.pulls.some(isNew)) void client.invalidateQueries({ queryKey: ['models'] })
    setState(data)
  })
  const start = useMutation({ mutationFn: (name: string) => api.post('/pulls', { body: { name } }) })
  const cancel = useMutation({ mutationFn: (name: string) => api.delete('/pulls', { query: { name } }) })
  const pullOf = (name: string) => state?.pulls.find((pull) => pull.name === name) ?? null
  const others =
    state?.pulls.filter(({ name }) => !state.catalogue.some((entry) => entry.name === name)) ?? []
  const actions = {
    isBusy: start.isPending || cancel.isPending,
    onPull: (name: string) => start.mutate(name),
    onCancel: (name: string) => cancel.mutate(name),
  }
  return (
    <Panel title={title} note="to the server’s machine, with the engine that serves it">
      <div className="hl-stack">
        {start.isError ? <ErrorState error={start.error} /> : null}
        {cancel.isError ? <ErrorState error={cancel.error} /> : null}
        {state === null ? (
          <Skeleton lines={4} what="Asking what can be pulled" />
        ) : (
          <ul className="models-pulls" aria-label="Models that can be pulled">
            {state.catalogue.map(({ name, summary, licence, bytes }) => (
              <PullRow
                key={name}
                name={name}
                about={`${summary} Licence: ${licence}.`}
                size={format.formatBytes(bytes)}
                isHere={pulled.includes(name)}
                pull={pullOf(name)}
                {...actions}
              />
            ))}
            {others.map((pull) => (
              <PullRow key={pull.name} name={pull.name} isHere={false} pull={pull} {...actions} />
            ))}
          </ul>
        )}
        <form
          className="models-pull-address"
          onSubmit={(event) => {
            event.preventDefault()
            actions.onPull(address.trim())
          }}
        >
          <TextInput
            label="Another one"
            placeholder="hf:owner/repo/file.gguf or https://…/file.gguf"
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={address.trim() === '' || start.isPending}>
            Pull
          </Button>
        </form>
      </div>
    </Panel>
  )
}

interface Actions {
  isBusy: boolean
  onPull: (name: string) => void
  onCancel: (name: string) => void
}

function PullRow({
  name,
  about,
  size,
  isHere,
  pull,
  isBusy,
  onPull,
  onCancel,
}: Actions & { name: string; about?: string; size?: string; isHere: boolean; pull: Pull | null }) {
  const isRunning = pull?.state === 'running'
  return (
    <li className="models-pull">
      <div className="models-pull-name">
        <span className="hl-code">{name}</span>
        {size ? <span className="hl-number hl-fine">{size}</span> : null}
        {isHere ? (
          <StateMark state="good">On this machine</StateMark>
        ) : isRunning ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Cancel the pull of ${name}`}
            onClick={() => onCancel(name)}
          >
            Cancel
          </Button>
        ) : (
          <Button
            size="compact-sm"
            aria-label={`Pull ${name}`}
            disabled={isBusy}
            onClick={() => onPull(name)}
          >
            {pull === null ? 'Pull' : 'Pull again'}
          </Button>
        )}
      </div>
      {about ? <p className="hl-dim">{about}</p> : null}
      {pull === null || isHere ? null : <Progress pull={pull} />}
    </li>
  )
}

function Progress({ pull }: { pull: Pull }) {
  if (pull.state === 'failed') {
    return (
      <p role="alert">
        <StateMark state="bad">Failed</StateMark> {pull.error?.message}
      </p>
    )
  }
  if (pull.state === 'cancelled') {
    return <p className="hl-fine">Cancelled. What was fetched is kept; pulling again goes on there.</p>
  }
  const { done, total, unit, stage } = pull
  const amount = (value: number) => (unit === 'bytes' ? format.formatBytes(value) : format.formatCount(value))
  const counted = unit === 'bytes' ? '' : ` ${unit}`
  return (
    <div role="status">
      <Bar
        share={total ? Math.min(1, done / total) : 0}
        label={total ? `${format.formatPercent(done / total)} of ${stage}` : stage}
      />
      <span className="hl-fine">
        {stage}
        {pull.state === 'done'
          ? ''
          : ` · ${amount(done)}${total === null ? '' : ` of ${amount(total)}`}${counted}`}
      </span>
    </div>
  )
}

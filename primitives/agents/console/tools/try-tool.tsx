import { randomId } from '@heavylift/core/text'
import { Button, Textarea, TextInput } from '@mantine/core'
import { ErrorState, Json, Notice, formatDuration } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { effects } from './effects.ts'

interface Tried {
  name: string
  effect: string
  input: Record<string, unknown>
}

/** One real call of a tool, with its outcome as a run would have it. What acts outside is asked about first. */
export function TryTool({
  source,
  tool,
  credential,
}: {
  source: string
  tool: Tried
  credential: string | null
}) {
  const [args, setArgs] = useState(() => JSON.stringify(exampleOf(tool.input), null, 2))
  // What the source signs in with, until somebody says otherwise; the source may be read after its tools.
  const [chosen, setChosen] = useState<string | null>(null)
  const signsIn = chosen ?? credential ?? ''
  const [isSure, setSure] = useState(false)
  const call = useMutation({
    mutationFn: () =>
      api.post('/sources/:source/try', {
        params: { source },
        body: {
          tool: tool.name,
          args: JSON.parse(args) as Record<string, unknown>,
          credential: signsIn === '' ? null : signsIn,
          key: randomId(),
        },
      }),
  })
  let wrong: string | null = null
  try {
    const value: unknown = JSON.parse(args)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      wrong = 'Arguments are an object: { … }.'
  } catch (error) {
    wrong = error instanceof Error ? error.message : String(error)
  }
  return (
    <form
      className="hl-stack"
      onSubmit={(event) => {
        event.preventDefault()
        call.mutate()
      }}
    >
      <Textarea
        label="Arguments (JSON)"
        autosize
        minRows={3}
        maxRows={16}
        value={args}
        error={wrong}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={(event) => setArgs(event.currentTarget.value)}
      />
      <TextInput
        label="Signs in with"
        description="Name of a credential, or nothing"
        value={signsIn}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      {tool.effect === 'none' ? null : (
        <label>
          <input
            type="checkbox"
            checked={isSure}
            onChange={(event) => setSure(event.currentTarget.checked)}
          />{' '}
          This is a real call: “{effects[tool.effect]?.word ?? tool.effect}”.
        </label>
      )}
      <div className="hl-row">
        <Button
          type="submit"
          loading={call.isPending}
          disabled={wrong !== null || (tool.effect !== 'none' && !isSure)}
        >
          Call {tool.name}
        </Button>
      </div>
      {call.isError ? <ErrorState error={call.error} /> : null}
      {call.data ? (
        call.data.state === 'done' ? (
          <Notice tone="good" title={`Answered in ${formatDuration(call.data.tookMs)}`}>
            <Json label="Answer" value={call.data.value} />
          </Notice>
        ) : (
          <Notice
            tone={call.data.state === 'lost' ? 'warn' : 'bad'}
            title={call.data.state === 'lost' ? 'It may have happened' : 'It failed, and changed nothing'}
          >
            <p>
              {call.data.message} <span className="hl-fine">{call.data.code}</span>
            </p>
          </Notice>
        )
      ) : null}
    </form>
  )
}

/** Something that fits the shape of a schema's required fields, to be filled in. */
function exampleOf(schema: Record<string, unknown>): unknown {
  const properties = (schema['properties'] ?? {}) as Record<string, Record<string, unknown>>
  const required = Array.isArray(schema['required'])
    ? schema['required'].map(String)
    : Object.keys(properties)
  return Object.fromEntries(
    required.map((name) => {
      const { type, enum: choices, examples, minimum } = properties[name] ?? {}
      const kind: unknown = Array.isArray(type) ? type[0] : type
      const known: unknown = [examples, choices].find(Array.isArray)?.[0]
      return [
        name,
        known ??
          { string: '', integer: minimum ?? 0, number: minimum ?? 0, boolean: false, array: [], object: {} }[
            String(kind)
          ] ??
          null,
      ]
    }),
  )
}

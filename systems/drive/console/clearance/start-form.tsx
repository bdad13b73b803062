import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ErrorState, getJson, Panel, sendJson } from '@heavylift/ui'
import { useState } from 'react'
import { useVersions } from '../viewer/use-runs.ts'

/** Which version is cleared on what. */
export function StartForm({ onDone }: { onDone: () => void }) {
  const client = useQueryClient()
  const versions = useVersions()
  const suites = useQuery({
    queryKey: ['drive', 'suites'],
    queryFn: ({ signal }) =>
      getJson<{ suites: { name: string; summary: string; cases: number }[] }>('/api/drive/suites', {
        signal,
      }),
  })
  const names = versions.data?.versions.map(({ name }) => name).filter((name) => name !== 'scenario') ?? []
  const [asked, setAsked] = useState({
    version: 'pdm',
    against: 'idm',
    suite: 'built-in',
    n: '' as number | '',
    limit: '',
  })
  const start = useMutation({
    mutationFn: () =>
      sendJson('POST', '/api/drive/clearances', { ...asked, n: asked.n === '' ? null : asked.n }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ['drive', 'clearances'] }),
  })
  return (
    <Panel
      title="Clear a version"
      note={suites.data?.suites.find(({ name }) => name === asked.suite)?.summary}
    >
      <form
        className="drive-start"
        onSubmit={(event) => {
          event.preventDefault()
          start.mutate()
        }}
      >
        <NativeSelect
          size="xs"
          label="Version"
          data={names}
          value={asked.version}
          onChange={(event) => setAsked({ ...asked, version: event.currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          label="Compared with"
          data={[{ value: '', label: 'none' }, ...names]}
          value={asked.against}
          onChange={(event) => setAsked({ ...asked, against: event.currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          label="Suite"
          data={suites.data?.suites.map(({ name }) => name) ?? []}
          value={asked.suite}
          onChange={(event) => setAsked({ ...asked, suite: event.currentTarget.value })}
        />
        <NumberInput
          size="xs"
          label="Cases"
          placeholder="as the suite says"
          min={1}
          allowDecimal={false}
          value={asked.n}
          onChange={(value) => setAsked({ ...asked, n: value === '' ? '' : Number(value) })}
        />
        <TextInput
          size="xs"
          label="Largest rate of failures"
          placeholder="0.05, or cut-in=0.01"
          value={asked.limit}
          onChange={(event) => setAsked({ ...asked, limit: event.currentTarget.value })}
        />
        <Button size="xs" type="submit" loading={start.isPending}>
          Begin
        </Button>
      </form>
      {start.isError ? <ErrorState error={start.error} /> : null}
    </Panel>
  )
}

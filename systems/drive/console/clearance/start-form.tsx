import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ErrorState, Panel } from '@heavylift/ui'
import { api } from '../api.ts'
import { useVersions } from '../viewer/use-runs.ts'
import styles from './start-form.module.css'

/** What is asked for, as the address of the page holds it. */
export interface Asked {
  version: string
  /** `none` for nobody. */
  against: string
  suite: string
  /** Empty: as the suite says. */
  cases: string
  limit: string
}

/** Which version is cleared on what. */
export function StartForm({
  asked,
  onChange,
  onDone,
}: {
  asked: Asked
  onChange: (change: Partial<Asked>) => void
  onDone: () => void
}) {
  const client = useQueryClient()
  const versions = useVersions()
  const suites = useQuery({
    queryKey: ['drive', 'suites'],
    queryFn: ({ signal }) => api.get('/suites', { signal }),
  })
  const names = versions.data?.versions.map(({ name }) => name).filter((name) => name !== 'scenario') ?? []
  const start = useMutation({
    mutationFn: () =>
      api.post('/clearances', {
        body: {
          version: asked.version,
          suite: asked.suite,
          limit: asked.limit,
          against: asked.against === 'none' ? '' : asked.against,
          cases: asked.cases === '' ? null : Number(asked.cases),
        },
      }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ['drive', 'clearances'] }),
  })
  return (
    <Panel
      title="Clear a version"
      note={suites.data?.suites.find(({ name }) => name === asked.suite)?.summary}
    >
      <form
        className={styles['start']}
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
          onChange={(event) => onChange({ version: event.currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          label="Against"
          data={['none', ...names]}
          value={asked.against}
          onChange={(event) => onChange({ against: event.currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          label="Suite"
          data={suites.data?.suites.map(({ name }) => name) ?? []}
          value={asked.suite}
          onChange={(event) => onChange({ suite: event.currentTarget.value })}
        />
        <NumberInput
          size="xs"
          label="Cases"
          placeholder="as the suite says"
          min={1}
          allowDecimal={false}
          value={asked.cases === '' ? '' : Number(asked.cases)}
          onChange={(value) => onChange({ cases: String(value) })}
        />
        <TextInput
          size="xs"
          label="Largest rate of failures"
          placeholder="0.05, or cut-in=0.01"
          value={asked.limit}
          onChange={(event) => onChange({ limit: event.currentTarget.value })}
        />
        <Button size="xs" type="submit" loading={start.isPending}>
          Begin
        </Button>
      </form>
      {start.isError ? <ErrorState error={start.error} /> : null}
    </Panel>
  )
}

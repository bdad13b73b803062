import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState, Panel, StateMark, format } from '@heavylift/ui'
import { testsKey } from './kept-tests.tsx'

interface Props<Saved extends { lines: string[]; changedAtMs: number | null }> {
  title: string
  label: string
  description: string
  rows: number
  saved: Saved
  /** Where `saved` is kept; kept tests are read again after each save. */
  queryKey: QueryKey
  save: (lines: string[]) => Promise<Saved>
  /** What stands below and looks at the lines, saved or not. */
  below?: (lines: string[]) => React.ReactNode
}

/** What an operator writes one line each, and saves as a whole. */
export function LinesPanel<Saved extends { lines: string[]; changedAtMs: number | null }>(
  props: Props<Saved>,
) {
  const { saved } = props
  const client = useQueryClient()
  const [edited, setEdited] = useState<string | null>(null)
  const text = edited ?? saved.lines.join('\n')
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const isChanged = text !== saved.lines.join('\n')
  const save = useMutation({
    mutationFn: () => props.save(lines),
    onSuccess: async (answer) => {
      client.setQueryData(props.queryKey, answer)
      setEdited(null)
      await client.invalidateQueries({ queryKey: testsKey })
    },
  })
  return (
    <>
      <Panel
        title={props.title}
        note={
          saved.changedAtMs === null
            ? 'none yet'
            : `changed ${format.formatAgo(saved.changedAtMs, Date.now())}`
        }
      >
        <form
          className="hl-stack"
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <Textarea
            label={props.label}
            description={props.description}
            rows={props.rows}
            spellCheck={false}
            value={text}
            onChange={(event) => setEdited(event.currentTarget.value)}
          />
          {save.isError ? <ErrorState error={save.error} /> : null}
          <div className="hl-row">
            <Button type="submit" loading={save.isPending} disabled={!isChanged}>
              Save
            </Button>
            {save.isSuccess && !isChanged ? <StateMark state="good">Saved</StateMark> : null}
          </div>
        </form>
      </Panel>
      {props.below?.(lines)}
    </>
  )
}

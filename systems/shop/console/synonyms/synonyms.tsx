import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState, Loaded, Page, Panel, StateMark, format } from '@heavylift/ui'
import { api } from '../api.ts'
import type { Answer } from '../api.ts'
import { KeptTests, testsKey } from '../merchandising/kept-tests.tsx'

type SynonymsAnswer = Answer<'/synonyms'>

const queryKey = ['shop', 'synonyms']

/** What the store calls by several names, one line a group, as an operator edits it. */
export default function Synonyms() {
  const synonyms = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get('/synonyms', { signal }),
  })
  return (
    <Page
      title="Synonyms"
      lead="What your store calls by several names. Understanding, search, answers and their checks read them alike, from the next question on."
    >
      <Loaded of={synonyms} what="Loading synonyms">
        {(answer) => (
          <>
            <Editor key={answer.changedAtMs ?? 0} answer={answer} />
            <KeptTests />
            <Panel
              title="In every store"
              note={`${format.formatCount(answer.standard.length)} lines of ${answer.language.name}; your own come before them`}
            >
              <pre className="shop-snippet" tabIndex={0} aria-label={`Synonyms of ${answer.language.name}`}>
                {answer.standard.join('\n')}
              </pre>
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Editor({ answer }: { answer: SynonymsAnswer }) {
  const client = useQueryClient()
  const [text, setText] = useState(answer.lines.join('\n'))
  const save = useMutation({
    mutationFn: () =>
      api.put('/synonyms', { body: { lines: text.split('\n').filter((line) => line.trim() !== '') } }),
    onSuccess: async (saved) => {
      client.setQueryData(queryKey, saved)
      await client.invalidateQueries({ queryKey: testsKey })
    },
  })
  const isChanged = text !== answer.lines.join('\n')
  return (
    <Panel
      title="Your own"
      note={
        answer.changedAtMs === null
          ? 'none yet'
          : `changed ${format.formatAgo(answer.changedAtMs, Date.now())}`
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
          label="One group a line"
          description="“trainers = sneakers, kicks”: one meaning. “rug, carpet”: related. “shoe > boot, sandal”: boots and sandals are found for shoe."
          rows={12}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
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
  )
}

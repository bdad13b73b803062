import { useQuery } from '@tanstack/react-query'
import { Loaded, Page, Panel, format } from '@heavylift/ui'
import { api } from '../api.ts'
import { KeptTests } from '../merchandising/kept-tests.tsx'
import { LinesPanel } from '../merchandising/lines-panel.tsx'

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
            <LinesPanel
              title="Your own"
              label="One group a line"
              description="“trainers = sneakers, kicks”: one meaning. “rug, carpet”: related. “shoe > boot, sandal”: boots and sandals are found for shoe."
              rows={12}
              saved={answer}
              queryKey={queryKey}
              save={(lines) => api.put('/synonyms', { body: { lines } })}
            />
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

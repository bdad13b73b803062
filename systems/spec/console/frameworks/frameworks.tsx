import { Chip, DataTable, Loaded, Page, Panel, formatCount } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import styles from './frameworks.module.css'

type Reads = 'routes' | 'guards' | 'parameters' | 'bodies' | 'errors' | 'constraints'

const columns: { key: Reads; title: string }[] = [
  { key: 'routes', title: 'Routes' },
  { key: 'guards', title: 'Guards' },
  { key: 'parameters', title: 'Parameters' },
  { key: 'bodies', title: 'Bodies' },
  { key: 'errors', title: 'Errors' },
  { key: 'constraints', title: 'Constraints' },
]

/** What is read of each framework that is known, and which are only named. */
export default function Frameworks() {
  const listed = useQuery({ queryKey: ['spec', 'frameworks'], queryFn: () => api.get('/frameworks') })
  return (
    <Page
      title="Frameworks"
      lead="What is read of a repository, by framework, as its pack has it: classes of errors with their statuses, and what an input that does not fit is refused with. One that has no pack is named where its manifest is found, so that nothing is passed over in silence; a repository can bring a pack of its own."
    >
      <Loaded of={listed} what="Loading frameworks">
        {({ frameworks }) => (
          <Panel
            title="Frameworks"
            note={`${formatCount(frameworks.filter(({ isRead }) => isRead).length)} of ${formatCount(frameworks.length)} are read`}
            flush
          >
            <DataTable
              caption="Frameworks"
              rows={frameworks}
              keyOf={({ name }) => name}
              columns={[
                { key: 'name', title: 'Framework', sortBy: ({ name }) => name, render: ({ name }) => name },
                {
                  key: 'language',
                  title: 'Language',
                  sortBy: ({ language }) => language,
                  render: ({ language }) => language,
                },
                {
                  key: 'read',
                  title: 'Read',
                  sortBy: ({ isRead }) => (isRead ? 0 : 1),
                  render: ({ isRead }) => (isRead ? <Chip tone="good">read</Chip> : <Chip>no pack yet</Chip>),
                },
                {
                  key: 'what',
                  title: 'What is read of it',
                  isWide: true,
                  render: ({ reads }) => (reads ? <What reads={reads} /> : '–'),
                },
              ]}
            />
          </Panel>
        )}
      </Loaded>
    </Page>
  )
}

/** One line for each part, so that the page needs no more width than it has. */
function What({ reads }: { reads: { [Key in Reads]: string } }) {
  return (
    <dl className={styles['what']}>
      {columns
        .filter(({ key }) => reads[key] !== '')
        .map(({ key, title }) => (
          <div key={key}>
            <dt>{title}</dt>
            <dd>{reads[key]}</dd>
          </div>
        ))}
    </dl>
  )
}

import { SegmentedControl, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Chip, Empty, Loaded, Page, useUrlState } from '@heavylift/ui'
import { useScenarios } from '../viewer/use-runs.ts'
import { PreviewPicture } from './preview-picture.tsx'
import styles from './library.module.css'
import shared from '../shared.module.css'

/** Every built-in scenario as a picture; a click drives it. */
export default function Library() {
  const [url, setUrl] = useUrlState({ q: '', of: 'all' })
  const scenarios = useScenarios()
  return (
    <Page
      title="Scenarios"
      lead="What driving software has to master. Each has parameters with ranges and criteria to pass; click one to drive it."
      actions={
        <TextInput
          size="xs"
          aria-label="Find a scenario"
          placeholder="Find a scenario"
          value={url.q}
          onChange={(event) => setUrl({ q: event.currentTarget.value })}
        />
      }
    >
      <Loaded of={scenarios} what="Loading scenarios">
        {({ scenarios: all }) => {
          const words = url.q.toLowerCase()
          const found = all.filter(
            ({ title, summary, scenarioClass }) =>
              `${title} ${summary} ${scenarioClass}`.toLowerCase().includes(words) &&
              (url.of === 'all' || actorsOf(`${title} ${summary}`) === url.of),
          )
          return (
            <>
              <SegmentedControl
                size="xs"
                className={shared['of']}
                aria-label="Who it is about"
                data={[
                  { value: 'all', label: `All ${all.length}` },
                  { value: 'people', label: 'People and animals' },
                  { value: 'cyclists', label: 'Cyclists' },
                  { value: 'vehicles', label: 'Vehicles' },
                ]}
                value={url.of}
                onChange={(of) => setUrl({ of })}
              />
              {found.length === 0 ? (
                <Empty title="No scenario is called so">
                  Try another word, or show a file of your own:{' '}
                  <span className="hl-code">npx heavylift drive view FILE.xosc</span>
                </Empty>
              ) : (
                <ul className={styles['cards']}>
                  {found.map(({ name, title, summary, scenarioClass, parameters }) => (
                    <li key={name}>
                      <Link to={'/drive/viewer' as '/'} search={{ scenario: name } as never}>
                        <PreviewPicture name={name} title={title} />
                        <span className={styles['cardWords']}>
                          <b>{title}</b>
                          <span>{summary}</span>
                          <span className={styles['cardFoot']}>
                            <Chip>{scenarioClass}</Chip>
                            <small>{parameters.length} parameters</small>
                          </span>
                        </span>
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** Whom the words of a scenario are about. */
function actorsOf(words: string): string {
  if (/\b(child|person|people|pedestrian|dog|walker|jaywalk|shoe)/i.test(words)) return 'people'
  return /\b(cycl|bicycle|bike)/i.test(words) ? 'cyclists' : 'vehicles'
}

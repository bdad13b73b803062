import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('commands, jobs and events are facts beside operations [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'py/requirements.txt': 'click\ncelery\n',
    'py/tool.py': `
import functools
import click
from celery import Celery
queue = Celery("tool")
@queue.task
def clean():
    pass
@click.group()
def cli():
    pass
@cli.command("import")
def import_books():
    pass
def timed(f):
    @functools.wraps(f)
    def wrapper(*args):
        return f(*args)
    return wrapper
@cli.command()
@timed
def mend_kites_cmd():
    pass
`,
    'js/package.json': '{"dependencies":{"commander":"14.0.0","node-cron":"4.0.0"}}',
    'js/cli.js': `
const { program } = require('commander')
const cron = require('node-cron')
program.command('serve <port>').action(() => {})
cron.schedule('0 3 * * *', function sweep() {})
`,
    'java/pom.xml': '<project/>',
    'java/src/main/java/lib/Jobs.java': `
package lib;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.Scheduled;
public class Jobs {
  @Scheduled(cron = "0 0 * * * *") public void hourly() {}
  @KafkaListener(topics = "orders") public void order(String text) {}
}
`,
  })
  expect(
    factsOf(set.facts, 'command')
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['import', 'mend-kites', 'serve'])
  expect(
    factsOf(set.facts, 'job')
      .map(({ name, schedule }) => `${name} ${schedule}`)
      .toSorted(),
  ).toEqual(['Jobs.hourly 0 0 * * * *', 'clean ', 'sweep 0 3 * * *'])
  expect(factsOf(set.facts, 'event').map(({ name, direction }) => `${direction} ${name}`)).toEqual([
    'consumes orders',
  ])
})

test('a router that nothing mounts is asked about [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `
const express = require('express')
const app = express()
app.get('/kept', (req, res) => res.json({}))
`,
    'old.js': `
const express = require('express')
const router = express.Router()
router.get('/old', (req, res) => res.json({}))
module.exports = router
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ path }) => path)).toEqual(['/kept'])
  expect(set.questions.map(({ text, line }) => `${line} ${text}`)).toEqual([
    '3 Is the router with 1 route in old.js used?',
  ])
})

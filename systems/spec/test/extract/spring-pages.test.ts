import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = (annotation: string, settings = '') => ({
  'pom.xml':
    '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/resources/application.properties': settings,
  'src/main/java/harbour/BerthController.java': `package harbour;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.web.bind.annotation.*;
@RestController
class BerthController {
  private BerthRepository berths;
  @GetMapping("/berths")
  Object all(${annotation}Pageable page) { return berths.findAll(page); }
}
`,
})
const told = async (annotation: string, settings = '') =>
  factsOf((await extractFiles(files(annotation, settings))).set.facts, 'parameter').map(
    (one) => `${one.grade} ${one.in} ${one.name} ${one.default ?? '–'}`,
  )

test('pages of Spring Data are taken by page, size and sort, with the defaults that the code gives them [SPEC-EXTRACT-05]', async () => {
  expect(await told('')).toEqual([
    'framework query page 0',
    'framework query size 20',
    'framework query sort –',
  ])
  expect(await told('@PageableDefault(size = 6) ')).toContain('framework query size 6')
  expect(await told('@PageableDefault(8) ')).toContain('framework query size 8')
  expect(await told('', 'spring.data.web.pageable.size-parameter=rows\n')).toEqual([])
})

test('another size of a page is drift of its operation [SPEC-DRIFT-01]', async () => {
  const [was, is] = [
    await extractFiles(files('@PageableDefault(size = 6) ')),
    await extractFiles(files('@PageableDefault(size = 10) ')),
  ]
  expect(
    compareFacts(was.set.facts, is.set.facts).drifts.map(({ kind, requirement }) => [kind, requirement]),
  ).toEqual([['changed', 'GET /berths']])
})

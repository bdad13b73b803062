import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('settings and descriptions with an alias of nothing stop no reading [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'pom.xml':
      '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
    'src/main/resources/application.yml': 'harbour:\n  names: *north\n',
    'openapi.yml': 'openapi: 3.0.0\ninfo: *north\npaths:\n  /quays: {}\n',
    'src/main/java/harbour/BerthController.java': `package harbour;
import org.springframework.web.bind.annotation.*;
@RestController
class BerthController {
  @GetMapping("/berths")
  String all() { return "none"; }
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(operationTitle)).toEqual(['GET /berths'])
})

import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what a method of Java that is inherited takes is of the type that its class says [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'src/main/java/quay/Base.java': `package quay;

import org.springframework.web.bind.annotation.*;

abstract class Base<D, K> {
  @PutMapping("/{id}")
  public D put(@PathVariable K id, @RequestBody D dto) {
    return dto;
  }
}
`,
    'src/main/java/quay/Boats.java': `package quay;

import org.springframework.web.bind.annotation.*;

record Boat(String name) {}

@RestController
@RequestMapping("/boats")
class Boats extends Base<Boat, Long> {}
`,
  })
  expect(factsOf(set.facts, 'body').map(({ shape }) => shape)).toEqual([{ type: 'model', name: 'Boat' }])
  expect(factsOf(set.facts, 'parameter').map(({ shape }) => shape.type)).toEqual(['integer'])
})

/** Sources of four services, in TypeScript, Python, Java and Go, with about as many lines as asked for; the same for the same number. */
export function* makeServices(lines: number): Generator<[path: string, text: string]> {
  yield ['ts/package.json', '{"name":"made","dependencies":{"express":"5.0.0"}}']
  yield ['py/requirements.txt', 'fastapi\n']
  yield ['java/pom.xml', '<project/>']
  yield ['go/go.mod', 'module made\n\nrequire github.com/gin-gonic/gin v1.10.0\n']
  const makers = [typescript, python, java, go]
  let made = 0
  const parts: number[] = []
  for (let part = 0; made < lines; part++) {
    parts.push(part)
    for (const maker of makers) {
      const [path, text] = maker(part)
      made += text.split('\n').length
      yield [path, text]
    }
  }
  const all = (each: (part: number) => string) => parts.map(each).join('\n')
  yield [
    'ts/app.ts',
    `import express from 'express'\n${all((part) => `import { router as r${part} } from './part${part}.ts'`)}\nconst app = express()\n${all((part) => `app.use('/part${part}', r${part})`)}\napp.listen(3000)\n`,
  ]
  yield [
    'py/app.py',
    `from fastapi import FastAPI\n${all((part) => `from part${part} import router as r${part}`)}\napp = FastAPI()\n${all((part) => `app.include_router(r${part})`)}\n`,
  ]
  yield [
    'go/main.go',
    `package main\n\nimport "github.com/gin-gonic/gin"\n\nfunc main() {\n\tr := gin.Default()\n${all((part) => `\troutes${part}(r.Group("/part${part}"))`)}\n\tr.Run()\n}\n`,
  ]
}

const repeat = (times: number, each: (index: number) => string) =>
  Array.from({ length: times }, (_, at) => each(at)).join('\n')

const typescript = (part: number): [string, string] => [
  `ts/part${part}.ts`,
  `import { Router } from 'express'
export const router = Router()
const store = new Map<string, { name: string; count: number }>()
${repeat(
  6,
  (at) => `
export function total${at}(items: { name: string; count: number }[]): number {
  let sum = 0
  for (const item of items) {
    if (item.count < 0) throw new Error('negative')
    sum += item.count * ${at + 1}
  }
  return sum
}
router.get('/things${at}/:id', (req, res) => {
  const found = store.get(req.params.id)
  if (!found) return res.status(404).json({ error: 'not there' })
  if (Number(req.query.limit) > 100) return res.status(400).json({ error: 'limit' })
  res.json({ ...found, total: total${at}([found]) })
})`,
)}
`,
]

const python = (part: number): [string, string] => [
  `py/part${part}.py`,
  `from fastapi import APIRouter, HTTPException
router = APIRouter(prefix="/part${part}")
store = {}
${repeat(
  6,
  (at) => `

def total${at}(items):
    amount = 0
    for item in items:
        if item["count"] < 0:
            raise ValueError("negative")
        amount += item["count"] * ${at + 1}
    return amount


@router.get("/things${at}/{thing_id}")
def thing${at}(thing_id: int, limit: int = 10):
    found = store.get(thing_id)
    if found is None:
        raise HTTPException(status_code=404, detail="not there")
    if limit > 100:
        raise HTTPException(status_code=400, detail="limit")
    return {"total": total${at}([found])}`,
)}
`,
]

const java = (part: number): [string, string] => [
  `java/src/main/java/made/Part${part}Controller.java`,
  `package made;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
@RestController
@RequestMapping("/part${part}")
public class Part${part}Controller {
  private final java.util.Map<Long, Integer> store = new java.util.HashMap<>();
${repeat(
  6,
  (at) => `
  int total${at}(java.util.List<Integer> counts) {
    int sum = 0;
    for (int count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("negative");
      }
      sum += count * ${at + 1};
    }
    return sum;
  }

  @GetMapping("/things${at}/{id}")
  public Integer thing${at}(@PathVariable Long id, @RequestParam(defaultValue = "10") int limit) {
    if (!store.containsKey(id)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "not there");
    }
    return total${at}(java.util.List.of(store.get(id)));
  }`,
)}
}
`,
]

const go = (part: number): [string, string] => [
  `go/part${part}.go`,
  `package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

var store${part} = map[string]int{}

func routes${part}(group *gin.RouterGroup) {
${repeat(6, (at) => `\tgroup.GET("/things${at}/:id", thing${part}_${at})`)}
}
${repeat(
  6,
  (at) => `
func total${part}_${at}(counts []int) int {
	sum := 0
	for _, count := range counts {
		if count < 0 {
			panic("negative")
		}
		sum += count * ${at + 1}
	}
	return sum
}

func thing${part}_${at}(c *gin.Context) {
	found, ok := store${part}[c.Param("id")]
	if !ok {
		c.JSON(http.StatusNotFound, gin.H{"error": "not there"})
		return
	}
	c.JSON(http.StatusOK, gin.H{"total": total${part}_${at}([]int{found})})
}`,
)}
`,
]

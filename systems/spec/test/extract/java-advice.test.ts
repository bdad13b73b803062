import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const pom = '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>'
const web = 'import org.springframework.http.*;\nimport org.springframework.web.bind.annotation.*;'

const loans = `package lib;
${web}

@RestController
class Loans {
    @GetMapping("/loans/{id}")
    String one(@PathVariable Long id) {
        if (id > 9) throw new Gone();
        if (id > 8) throw new Late();
        if (id > 7) throw new IllegalStateException("state");
        return "loan";
    }
}
class Gone extends RuntimeException {}
class Late extends RuntimeException {}
`

// A table that a block of the class fills: what is not in it has the status beside it.
const table = `package lib;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
${web}

@RestControllerAdvice
@Order(First.PLACE + 1)
class Table {
    private static final Map<Class<? extends Throwable>, HttpStatus> STATUSES = new HashMap<>();

    static {
        STATUSES.put(Gone.class, HttpStatus.GONE);
        STATUSES.put(IllegalStateException.class, HttpStatus.CONFLICT);
    }

    @ExceptionHandler(Throwable.class)
    ResponseEntity<String> all(Throwable th) {
        HttpStatus status = STATUSES.getOrDefault(th.getClass(), HttpStatus.INTERNAL_SERVER_ERROR);
        return new ResponseEntity<>(th.getMessage(), status);
    }
}
`
const first = `package lib;
import org.springframework.core.Ordered;
${web}

@RestControllerAdvice
class First implements Ordered {
    static final int PLACE = Ordered.HIGHEST_PRECEDENCE;

    public int getOrder() { return PLACE; }

    @ExceptionHandler(Late.class)
    ResponseEntity<String> late(Late e) { return ResponseEntity.status(423).body("late"); }
}
`
const last = `package lib;
${web}

@RestControllerAdvice
class Last {
    @ExceptionHandler({ Gone.class, IllegalStateException.class, Late.class })
    ResponseEntity<String> any(RuntimeException e) { return ResponseEntity.badRequest().body("any"); }
}
`

test("Of Spring's advices the first by its order takes an error, and statuses are read from a table of classes [SPEC-PACKS-01]", async () => {
  const { statuses } = summarize(
    await extractFiles({
      'pom.xml': pom,
      'src/main/java/lib/Loans.java': loans,
      'src/main/java/lib/Table.java': table,
      'src/main/java/lib/First.java': first,
      'src/main/java/lib/Last.java': last,
    }),
  )
  // What is no number is not told as 400: the table takes any error, and has no status of its own for that one.
  expect(statuses['GET /loans/{id}']).toEqual([200, 409, 410, 423, 500])
})

test('Of two advices that say no order it is asked which takes an error that both are for [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'pom.xml': pom,
    'src/main/java/lib/Loans.java': loans,
    'src/main/java/lib/Table.java': table.replace('@Order(First.PLACE + 1)\n', ''),
    'src/main/java/lib/Last.java': last,
  })
  const of = (status: number) =>
    factsOf(set.facts, 'error')
      .filter((one) => one.status === status && one.raisedBy === 'Gone')
      .map(({ grade }) => grade)
  expect({ gone: of(410), bad: of(400) }).toEqual({ gone: ['open'], bad: ['open'] })
})

test('An advice whose status is not said answers 500, of the errors that its parameter is of, and one without a parameter says nothing of the error [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'pom.xml': pom,
    'src/main/java/lib/Loans.java': loans,
    'src/main/java/lib/All.java': `package lib;
${web}

@RestControllerAdvice
class All {
    @ExceptionHandler
    @ResponseStatus
    String late(Late e) { return "late"; }

    @ExceptionHandler
    @ResponseStatus(reason = "gone")
    String gone(Gone e) { return "gone"; }

    @ExceptionHandler(IllegalStateException.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    void state() {}
}
`,
  })
  expect(
    factsOf(set.facts, 'error').map(({ status, message, raisedBy, grade }) => ({
      status,
      message,
      raisedBy,
      grade,
    })),
  ).toMatchInlineSnapshot(`
    [
      {
        "grade": "framework",
        "message": "gone",
        "raisedBy": "Gone",
        "status": 500,
      },
      {
        "grade": "framework",
        "message": "late",
        "raisedBy": "Late",
        "status": 500,
      },
      {
        "grade": "proved",
        "message": "",
        "raisedBy": "IllegalStateException",
        "status": 409,
      },
      {
        "grade": "framework",
        "message": "",
        "raisedBy": "Spring",
        "status": 400,
      },
    ]
  `)
})

test("An advice for other packages or classes is for none of a controller's errors [SPEC-PACKS-01]", async () => {
  const { statuses } = summarize(
    await extractFiles({
      'pom.xml': pom,
      'src/main/java/lib/Loans.java': loans,
      'src/main/java/lib/Last.java': last.replace(
        '@RestControllerAdvice',
        '@RestControllerAdvice(basePackages = "other")',
      ),
      'src/main/java/lib/First.java': first.replace(
        '@RestControllerAdvice',
        '@RestControllerAdvice(assignableTypes = Loans.class)',
      ),
    }),
  )
  expect(statuses['GET /loans/{id}']).toEqual([200, 400, 423])
})

test("What extends Spring's base of advice answers errors of the framework as that does, but for those that it overrides [SPEC-PACKS-01]", async () => {
  const { statuses } = summarize(
    await extractFiles({
      'pom.xml': pom,
      'src/main/java/lib/Books.java': `package lib;
import jakarta.validation.Valid;
${web}

@RestController
class Books {
    @PostMapping("/books")
    String add(@Valid @RequestBody Book book, @RequestParam int copies) { return "added"; }
}
class Book { @jakarta.validation.constraints.NotBlank public String title; }
`,
      'src/main/java/lib/Advice.java': `package lib;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
${web}

@ControllerAdvice
class Advice extends ResponseEntityExceptionHandler {
    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(e, "no book", headers, HttpStatus.UNPROCESSABLE_ENTITY, request);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<String> all(Exception e) { return ResponseEntity.status(500).body("failed"); }
}
`,
    }),
  )
  expect(statuses['POST /books']).toEqual([200, 400, 422])
})

test('What one of several classes of an interface throws is asked, and what code catches keeps that it is [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'pom.xml': pom,
    'src/main/java/lib/Keys.java': `package lib;
${web}

@RestController
class Keys {
    private Store store;

    @DeleteMapping("/keys/{key}")
    ResponseEntity<String> remove(@PathVariable String key) {
        try {
            store.remove(key);
            return ResponseEntity.ok("gone");
        } catch (UnsupportedOperationException e) {
            return ResponseEntity.status(501).body("read only");
        }
    }
}
interface Store { void remove(String key); }
class FileStore implements Store { public void remove(String key) { System.out.println(key); } }
class ReadOnlyStore implements Store {
    public void remove(String key) { throw new UnsupportedOperationException("read only"); }
}
`,
  })
  const errors = factsOf(set.facts, 'error').filter(({ status }) => status === 501)
  expect(errors.map(({ grade, condition }) => ({ grade, condition }))).toEqual([
    {
      grade: 'proved',
      condition: [
        [{ subject: 'store.remove(path.key) failed == UnsupportedOperationException', op: 'true' }],
      ],
    },
    { grade: 'open', condition: [[{ subject: '?', op: 'true' }]] },
  ])
})

test('Overloads are operations of their own, and a setting in a path is told with its default [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'pom.xml': pom,
    'src/main/resources/application.properties': 'shelf.name=top\n',
    'src/main/java/lib/Shelves.java': `package lib;
${web}

@RestController
@RequestMapping("/\${shelf.base:/api/shelves}")
class Shelves {
    @PutMapping("/one")
    String put(@RequestBody Shelf shelf) { return "one"; }

    @PutMapping("/all")
    String put(@RequestBody java.util.List<Shelf> shelves) { return "all"; }

    @GetMapping("/\${shelf.name:none}")
    String named() { return "named"; }
}
class Shelf { public String name; }
`,
  })
  const asked = [[{ subject: 'shelf.base', op: 'absent' }]]
  expect(
    factsOf(set.facts, 'operation')
      .map(({ method, path, condition }) => ({ operation: `${method} ${path}`, condition }))
      .toSorted((a, b) => (a.operation < b.operation ? -1 : 1)),
  ).toEqual([
    { operation: 'GET /api/shelves/top', condition: asked },
    { operation: 'PUT /api/shelves/all', condition: asked },
    { operation: 'PUT /api/shelves/one', condition: asked },
  ])
})

test('Constants that a base class has of its interface name paths and headers, and a name that is not known is none [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'pom.xml': '<project><dependency><artifactId>quarkus-rest</artifactId></dependency></project>',
      'src/main/java/lib/Names.java': `package lib;
import io.quarkus.runtime.Quarkus;

interface Names {
    String ROOT = "/v1";
    String LOANS = ROOT + "/loans";
    String HDR_COMMENT = "X-Library-Comment";
    String UUID_PATTERN = "\\\\w+-\\\\w+";
}
abstract class Base implements Names {}
`,
      'src/main/java/lib/LoanResource.java': `package lib;
import jakarta.ws.rs.*;

@Path(Names.LOANS)
class LoanResource extends Base {
    @GET
    @Path("/{id:" + UUID_PATTERN + "}/notes")
    public String notes(@PathParam("id") String id, @HeaderParam(HDR_COMMENT) String comment, @HeaderParam(outside.Headers.TRACE) String trace) {
        return "notes";
    }
}
`,
    }),
  )
  expect(found.operations).toEqual(['GET /v1/loans/{id}/notes'])
  expect(found.parameters['GET /v1/loans/{id}/notes']).toEqual(['header x-library-comment', 'path id'])
})

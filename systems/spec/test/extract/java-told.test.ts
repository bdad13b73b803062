import { beforeAll, expect, test } from 'vitest'
import type { Extraction } from '../../src/extract/extract-facts.ts'
import { canHold } from '../../src/facts/condition.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const imports = `package desk;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;
import java.util.*;
`
const app = `package desk;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
@ApplicationPath("/")
public class App extends Application {}
`
const loans = `${imports}
@Path("/loans")
public class LoanDesk {
  private Shelf shelf;
  private Printer printer;
  @GET @Path("/{loan_id}")
  public Loan show(@PathParam("loan_id") String loanId, @QueryParam("full") boolean full) {
    if (loanId == null || loanId.isEmpty()) throw new BadRequestException("No loan was named");
    if (full) throw new NotAcceptableException("Nothing is told in full");
    return (Loan) shelf.anything(loanId);
  }
  @PUT @Path("/{loan_id}")
  public Loan renew(@PathParam("loan_id") String loanId) {
    if (shelf.isTaken(loanId)) throw TakenException.taken(loanId);
    Optional<Loan> found = shelf.find(loanId);
    if (found.isEmpty()) return lost();
    return found.get();
  }
  @DELETE @Path("/{loan_id}")
  public Response drop(@PathParam("loan_id") String loanId, @HeaderParam("X-Days") String days) {
    try {
      Integer.parseInt(days);
    } catch (NumberFormatException e) {
      throw new BadRequestException("Days are counted");
    }
    try {
      shelf.lift(loanId);
      printer.print(loanId);
    } catch (IllegalStateException e) {
      throw new ClientErrorException("Jammed", 423);
    }
    return Response.noContent().build();
  }
  @POST
  public Response lend(Wish wish) {
    if (wish.days > 30) {
      if (wish.days == 7) throw new ForbiddenException("Never");
    }
    if ("week".equals(wish.unit)) throw new BadRequestException("No weeks");
    Books.noteOf(wish).ifPresentOrElse(note -> printer.print(note), () -> { throw new BadRequestException("A note is missing"); });
    wish.titles().forEach(title -> { if (title.isBlank()) throw new NotFoundException("No title"); });
    if (shelf.isBroken()) throw new IllegalStateException("Broken");
    return Response.ok().build();
  }
  private Loan lost() { throw new NotFoundException("It is lost"); }
}
`
const taken = `package desk;
import jakarta.ws.rs.WebApplicationException;
import static desk.Answers.refused;
public class TakenException extends WebApplicationException {
  private TakenException(String text) { super(refused(text)); }
  public static TakenException taken(String id) { return new TakenException("Taken: " + id); }
}
`
const answers = `package desk;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import static jakarta.ws.rs.core.Response.status;
public class Answers {
  public static Response refused(String text) { return withText(Status.CONFLICT, text); }
  private static Response withText(Status status, Object text) { return status(status).entity(text).build(); }
}
`
const mapper = `package desk;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.*;
@Provider
public class AnyMapper implements ExceptionMapper<RuntimeException> {
  public Response toResponse(RuntimeException e) {
    if (e instanceof jakarta.ws.rs.WebApplicationException) return ((jakarta.ws.rs.WebApplicationException) e).getResponse();
    return Response.serverError().build();
  }
}
`
const things = `package desk;
import java.util.*;
public class Loan { public String title; public int days; }
class Wish {
  public int days;
  public String unit;
  private String[] asked;
  public Optional<String> note() { return Books.noteOf(this); }
  public List<String> titles() { return Books.titlesOf(this); }
}
`
let read: Extraction
const said = (grade?: 'open') =>
  read.set.facts.flatMap((fact) => {
    if (fact.kind !== 'error' || (fact.grade === 'open') !== (grade === 'open')) return []
    const operation = factsOf(read.set.facts, 'operation').find(({ id }) => id === fact.operation)
    return operation ? [sayFact(fact, operationTitle(operation))] : []
  })

beforeAll(async () => {
  read = await extractFiles({
    'pom.xml': '<project><artifactId>desk</artifactId></project>',
    'src/main/java/desk/App.java': app,
    'src/main/java/desk/LoanDesk.java': loans,
    'src/main/java/desk/TakenException.java': taken,
    'src/main/java/desk/Answers.java': answers,
    'src/main/java/desk/AnyMapper.java': mapper,
    'src/main/java/desk/Loan.java': things,
  })
})

test('what annotations take from a request is told by its place, and a part of a path is never asked for being missing or empty [SPEC-EXTRACT-06]', () => {
  expect(said().filter((one) => one.includes('No loan was named'))).toEqual([])
  expect(said()).toContain(
    'IF, for GET /loans/{loan_id}, the query parameter full holds, THEN the service SHALL answer 406 and say "Nothing is told in full".',
  )
})

test('an error has the status of the answer that it is made with, by a function whose parameter has the name of one that it calls, and shows where [SPEC-EXTRACT-06]', () => {
  expect(said()).toContain(
    'IF, for PUT /loans/{loan_id}, `shelf.isTaken(path.loan_id)` holds, THEN the service SHALL answer 409 with string and say "Taken: …".',
  )
  const fact = factsOf(read.set.facts, 'error').find(({ status }) => status === 409)
  expect(fact?.evidence.map(({ path }) => path)).toContain('src/main/java/desk/TakenException.java')
})

test('a path that does not match the pattern of its template is another path, which is no error of the operation [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<project><artifactId>desk</artifactId></project>',
    'src/main/java/desk/App.java': app,
    'src/main/java/desk/Labels.java': `${imports}
@Path("/labels")
public class Labels {
  @GET @Path("/{shelf: [a-z]+}")
  public String of(@PathParam("shelf") String shelf) { return "A label"; }
}
`,
  })
  expect(factsOf(set.facts, 'error')).toEqual([])
  expect(factsOf(set.facts, 'response')).toHaveLength(1)
})

test('a body is of the class that the method says, whatever its code gives [SPEC-EXTRACT-05]', () => {
  const shapes = factsOf(read.set.facts, 'response').flatMap(({ shape }) =>
    shape.type === 'model' ? shape.name : [],
  )
  expect(shapes).toEqual(['Loan', 'Loan'])
})

test('what is caught is told by the one call that failed; where several may have, it is asked [SPEC-EXTRACT-06]', () => {
  expect(said()).toContain(
    'IF, for DELETE /loans/{loan_id}, the header x-days is not a whole number, THEN the service SHALL answer 400 and say "Days are counted".',
  )
  expect(said().filter((one) => one.includes('423'))).toEqual([])
  expect(said('open').filter((one) => one.includes('423'))).toHaveLength(1)
})

test('equals is a comparison, functions that may not be called are asked about, and so is what only the handler of any error answers [SPEC-EXTRACT-06]', () => {
  expect(said()).toContain(
    'IF, for POST /loans, the body’s field unit is "week", THEN the service SHALL answer 400 and say "No weeks".',
  )
  expect(said()).toContain(
    'IF, for POST /loans, `Books.noteOf(body)` is missing and the body’s field unit is not "week", THEN the service SHALL answer 400 and say "A note is missing".',
  )
  expect(said().filter((one) => one.includes('No title') || one.includes('Broken'))).toEqual([])
  expect(said().filter((one) => one.includes('Never'))).toEqual([])
})

test('comparisons that no value is in hold never', () => {
  const days = (op: '==' | '>' | '>=' | '<' | '!=' | 'absent' | 'not-in', value?: number | number[]) => ({
    subject: 'days',
    op,
    ...(value === undefined ? {} : { value }),
  })
  expect(canHold([days('>', 30), days('==', 7)])).toBe(false)
  expect(canHold([days('>=', 7), days('<', 7)])).toBe(false)
  expect(canHold([days('==', 7), days('==', 8)])).toBe(false)
  expect(canHold([days('==', 7), days('not-in', [7])])).toBe(false)
  expect(canHold([days('==', 7), days('absent')])).toBe(false)
  expect(canHold([days('>=', 7), days('<', 8)])).toBe(true)
  expect(canHold([days('!=', 7), days('!=', 8)])).toBe(true)
})

/** The console's HTTP API. Errors are thrown as `Problem`s whose words can be shown as they are. */

export class Problem extends Error {
  /** HTTP status; 0 when nobody answered. */
  readonly status: number;
  readonly detail: string;
  /** The body of the answer where it was JSON. */
  readonly body: unknown;

  constructor(status: number, title: string, detail: string, body: unknown = null) {
    super(title);
    this.name = "Problem";
    this.status = status;
    this.detail = detail;
    this.body = body;
  }

  /** What went wrong, in one sentence. */
  get words(): string {
    return this.detail || this.message;
  }
}

export interface Answer<T> {
  status: number;
  body: T;
}

/** Called when the server asks for a login. Set once, by the session. */
let whenSignedOut: (body: unknown) => void = () => {};

export function onSignedOut(listener: (body: unknown) => void): void {
  whenSignedOut = listener;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await send<T>("GET", path, undefined, signal ? { signal } : {})).body;
}

/** Answers with a status of 400 and more are thrown, unless named in `accepted`. */
export async function send<T>(
  method: string,
  path: string,
  body?: unknown,
  options: { type?: string; accepted?: number[]; signal?: AbortSignal } = {},
): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["Content-Type"] = options.type ?? "application/json";
  let response: Response;
  try {
    response = await fetch(`api/v1/${path}`, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(
      0,
      "The console does not answer",
      "The console does not answer. Is Noctule still running?",
    );
  }
  const json = await readJson(response);
  if (response.ok || options.accepted?.includes(response.status))
    return { status: response.status, body: json as T };
  if (response.status === 401) whenSignedOut(json);
  throw problemOf(response, json);
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    // An answer from something in between, such as a proxy's page: its status says all that we can tell.
    return null;
  }
}

function problemOf(response: Response, json: unknown): Problem {
  const { title, detail } = (typeof json === "object" && json !== null ? json : {}) as Record<
    string,
    unknown
  >;
  const name =
    typeof title === "string" ? title : `The console answered ${response.status} ${response.statusText}`;
  return new Problem(response.status, name, typeof detail === "string" ? detail : "", json);
}

/** What an error of any kind says to a person. */
export function wordsOf(error: unknown): string {
  if (error instanceof Problem) return error.words;
  return error instanceof Error ? error.message : String(error);
}

/** A device id or metric as a part of an address. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}

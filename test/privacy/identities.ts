/** A person who does not exist: what tests plant everywhere, and then look for everywhere. */
export const identities = {
  ipv4: "203.0.113.77",
  ipv4Hexadecimal: "0xCB00714D",
  ipv6: "2001:db8:85a3::8a2e:370:7334",
  ipv6Mapped: "::ffff:203.0.113.77",
  ipv6MappedHexadecimal: "::ffff:cb00:714d",
  email: "alice.petrova@example.com",
  phone: "+7 (916) 555-01-42",
  card: "4242 4242 4242 4242",
  snils: "112-233-445 95",
  inn: "500100732259",
  passport: "45 08 123456",
  clickId: "Cj0KCQjwv7O0BhDwARIsAC0sjWMnTRrWzXq3gHkLp",
  token: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.dGhpcyBpcyBhIHNpZw",
  visitorId: "GA1.1.1482535147.1490885188",
  agent:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.127 Safari/537.36 PlantedAgent/77",
} as const;

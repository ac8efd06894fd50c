import Link from "next/link";
import { MyChoices } from "./consent.jsx";

export const metadata = { title: "Soglas with Next" };

/** The tag stands in the page's own HTML: it asks and holds back before any other script has come. */
export default function Layout({ children }) {
  return (
    <html lang="en">
      <head>
        <script async src={process.env.NEXT_PUBLIC_SOGLAS_TAG} />
      </head>
      <body>
        <nav>
          <Link href="/">Start</Link> <Link href="/map">Map</Link>
        </nav>
        <main>{children}</main>
        <MyChoices />
      </body>
    </html>
  );
}

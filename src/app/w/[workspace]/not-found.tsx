import { Missing } from "../../missing";

/** Inside a workspace its menu stays. */
export default function NotFound() {
  return <Missing homeHref="/w" />;
}

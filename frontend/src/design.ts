/** The design page's own swatches. */
import "./styles/design.css";
